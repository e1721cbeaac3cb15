import type { DirectoryDropItem, DropItem, FileDropItem } from 'react-aria-components';
import type { LabFile } from '../../engine/protocol/jobMap';

/** All files of a drop, those in folders with their path. Anything else, such as text, is passed over. */
export async function readDropItems(
  items: Iterable<DropItem> | AsyncIterable<DropItem>,
  folder = '',
): Promise<LabFile[]> {
  const files: LabFile[] = [];
  for await (const item of items) {
    if (isFile(item)) files.push({ path: `${folder}${item.name}`, file: await item.getFile() });
    if (isFolder(item)) files.push(...(await readDropItems(item.getEntries(), `${folder}${item.name}/`)));
  }
  return files;
}

/** Files from a file or folder picker. */
export function readFileList(list: FileList | null): LabFile[] {
  return [...(list ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

function isFile(item: DropItem): item is FileDropItem {
  return item.kind === 'file';
}

function isFolder(item: DropItem): item is DirectoryDropItem {
  return item.kind === 'directory';
}
