/** Registers an element once; a second copy of the package on the page keeps the first. */
export const define = (name: string, element: CustomElementConstructor): void => {
  if (customElements.get(name) === undefined) customElements.define(name, element)
}
