/** Version of the calculation; two runs of the same version on the same inputs give the same bytes. */
export const ENGINE_VERSION = "3.0.0"
