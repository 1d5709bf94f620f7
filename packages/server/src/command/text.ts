/** Text for terminals of 80 columns. */

export const WIDTH = 80

/** The text cut or filled up to a width, on one line: what people send may hold what steers a terminal. */
export const cell = (text: string, width: number): string => {
  const line = text.replaceAll(/\p{Cc}/gu, " ")
  return line.length > width ? `${line.slice(0, width - 1)}…` : line.padEnd(width)
}

/** The text in lines of at most 80 characters, broken between words; `indent` stands before each but the first. */
export const wrapped = (text: string, indent = ""): string => {
  const lines: Array<string> = []
  for (const paragraph of text.split("\n")) {
    let line = ""
    for (const word of paragraph.split(/(?<=\S) /)) {
      if (line !== "" && line.length + 1 + word.length > WIDTH) {
        lines.push(line)
        line = `${indent}${word}`
      } else line = line === "" ? word : `${line} ${word}`
    }
    lines.push(line)
  }
  return lines.join("\n")
}
