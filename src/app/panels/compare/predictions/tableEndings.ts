/** What a file dialog offers first; what a file is, its content says. */
export const tableEndings = ['.csv', '.tsv', '.txt', '.tab', '.dat'];
