/** What operating systems and tools leave in folders and archives: no file of the user's. */
const folders =
  /^(\..+|__macosx|@eadir|#recycle|@recycle|\$recycle\.bin|system volume information|lost\+found|__pycache__|node_modules)$/i;
const names = /^(\..*|thumbs\.db|ehthumbs\.db|desktop\.ini|icon\r)$/i;

/** Whether a file lies in a folder of tools (`.ipynb_checkpoints`, `@eaDir`), or is one of theirs itself (`.DS_Store`, `._a.jpg`). */
export function isToolFile(path: string): boolean {
  const parts = path.split('/');
  const isFolder = (part: string) => part !== '.' && part !== '..' && folders.test(part);
  return names.test(parts.at(-1)!) || parts.slice(0, -1).some(isFolder);
}
