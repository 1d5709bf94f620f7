/** The lists of the European Chemicals Agency: REACH candidates for authorisation, and Annex XIV. */
import { dayOf, distinct, idOf, members, numbers, plain, readList, typescript } from "./lib.mjs"

const row = (cells) => ({
  cas: numbers(cells["CAS No."]),
  ec: numbers(cells["EC No."])[0] ?? "",
  names: [cells["Substance name"]]
})

/** "Group entries are split in different rows": those of one entry follow each other and share what `key` gives. */
const grouped = (rows, key) => [...Map.groupBy(rows, key).values()]

const conditions = ([first]) =>
  [first.Description, first.Remarks]
    .map(plain)
    .filter((text) => text !== "" && text !== "-")
    .join(". ")

export const candidateList = () => {
  const rows = readList("echa_svhc_candidate_list_2024-05-22.csv", { skip: 3 })
  const entries = grouped(rows, (cells) => `${cells["Date of inclusion"]} ${cells["Support document"]}`).map(
    (group) => {
      const name = plain(group[0]["Substance name"])
      const list = members(group.map(row))
      return {
        id: idOf(name, list),
        name,
        listedOn: dayOf(group[0]["Date of inclusion"]),
        reason: plain(group[0]["Reason for inclusion"]).replaceAll("#", "; "),
        note: plain(group[0].Description).replace(/^-$/, ""),
        members: list
      }
    }
  )
  return typescript(
    "candidateList",
    "REACH candidate list of 23 January 2024, © ECHA, export of 22 May 2024.",
    distinct(entries)
  )
}

/** A sentence of ninety words that stands at most substances, in short. */
const spareParts =
  /1 March 2023 for the use of the substance in the production of spare parts.*?by using that substance\./

export const authorisationList = () => {
  const rows = readList("echa_annex_xiv_2024-05-22.csv", { skip: 3 })
  const entries = grouped(rows, (cells) => cells["Entry No."]).map((group) => {
    const later = plain(group[0]["Sunset date (text)"]).replace(spareParts, "1 March 2023 for spare parts and repair.")
    return {
      id: String(Number(group[0]["Entry No."])),
      name: plain(group[0]["Substance name"]),
      listedOn: dayOf(group[0]["Date of inclusion in Authorisation List"]),
      reason: plain(group[0]["Intrinsic property"]).replaceAll("#", "; "),
      note: [conditions(group), later === "" ? "" : `Later sunset dates: ${later}`]
        .filter((text) => text !== "")
        .join(" "),
      effectiveFrom: dayOf(group[0]["Sunset Date"]),
      members: members(group.map(row))
    }
  })
  return typescript("authorisationList", "REACH Annex XIV, © ECHA, export of 22 May 2024.", distinct(entries))
}
