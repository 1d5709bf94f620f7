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
  factsHash: "sha256:27648a51f051c996c32234939d4ffd395f8e69171d1ef32312b013148d9b0adc",
  documents: [
    "f20db6fdf0980f0211a481130b1e22d367f0579bf8e75024271db201e2f9ffd2",
    "4f0c41952fcef69e8a6ef482ead3fa33ce89ed2ae74b7f33ec0f74930ac69f90"
  ],
  hashes: {
    options: "sha256:2dc2d2c6bce4e5deef198a518fd9a0204d643178cab045f89cbfa3d40d7663db",
    ruleSets: "sha256:5a9d6bea5775abd5830a05d2ac3228bdcf27072fab006b9d47c269cdb743053d",
    overrides: "sha256:8d4e45ee2068f1556a239869cbf744822a236ad0fa93c4f9f3539b1711f4820b",
    documents: "sha256:61366f58b9faa83f4965376c5033f863f77df85c831298c40c3830565d9e9e32",
    nodes: "sha256:db12c24bbcbbb8a9c761d1b71557109b599604cc3d9e78fe7cc76abfe221a4a4",
    verdict: "sha256:18476533be769770ee796a40a5eba6be9d485cf034f88f60b446a1bbdd18750d",
    certificate: "sha256:b2b001db7f1e139521e315905943ae03d0625fec675e83947fe49c5259933488"
  },
  holds: true,
  verified: "sha256:b2b001db7f1e139521e315905943ae03d0625fec675e83947fe49c5259933488"
}
