/** As Node produced them; they change only with the meaning of facts, rules or certificates. `node worker.ts` prints them. */
export const expected = {
  status: "non-compliant",
  duty: "above-threshold",
  summary: {
    parts: 61,
    compliant: 0,
    exempt: 0,
    unknown: 25,
    nonCompliant: 36,
    declaredPartsPercent: "100"
  },
  factsHash: "sha256:5641e997162f4f517c29be3738a998cc98dac0bb3521109d803659ae646ee076",
  documents: [
    "f20db6fdf0980f0211a481130b1e22d367f0579bf8e75024271db201e2f9ffd2",
    "4f0c41952fcef69e8a6ef482ead3fa33ce89ed2ae74b7f33ec0f74930ac69f90"
  ],
  hashes: {
    options: "sha256:2dc2d2c6bce4e5deef198a518fd9a0204d643178cab045f89cbfa3d40d7663db",
    ruleSets: "sha256:5a9d6bea5775abd5830a05d2ac3228bdcf27072fab006b9d47c269cdb743053d",
    overrides: "sha256:8d4e45ee2068f1556a239869cbf744822a236ad0fa93c4f9f3539b1711f4820b",
    documents: "sha256:61366f58b9faa83f4965376c5033f863f77df85c831298c40c3830565d9e9e32",
    nodes: "sha256:2bd6fd0966d76e8a7bfc297d4adb3b51b50c06d09e9e7b270cf9159bb633a28c",
    verdict: "sha256:b1a79c84a78761fb0af8fc42ce27a02df0e6b5fdafc79031a26e3c44303a4a0c",
    certificate: "sha256:05e1f0765ed5955ee9fc570d1c9ae1c7306f14bcae4571de4759574d11fa284e"
  },
  holds: true,
  verified: "sha256:05e1f0765ed5955ee9fc570d1c9ae1c7306f14bcae4571de4759574d11fa284e"
}
