/** Makes a role, unless another database of the server has it: then nobody need be allowed to make roles. */
export const roleOf = (name: string): string => `DO $$ BEGIN
  IF to_regrole('${name}') IS NULL THEN CREATE ROLE ${name} NOLOGIN; END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`
