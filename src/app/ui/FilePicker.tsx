import { FileTrigger } from 'react-aria-components';
import type { LabFile } from '../../engine/protocol/jobMap';
import { readFileList } from '../files/readDropItems';
import { Button } from './Button';

interface FilePickerProps {
  label: string;
  /** File types to offer, such as `.zip`. */
  accept?: string[];
  isFolder?: boolean;
  isDisabled?: boolean;
  onFiles(files: LabFile[]): void;
}

/** A button that opens the system's file or folder dialogue. */
export function FilePicker({ label, accept, isFolder, isDisabled, onFiles }: FilePickerProps) {
  return (
    <FileTrigger
      allowsMultiple={!isFolder}
      acceptDirectory={isFolder}
      acceptedFileTypes={accept}
      onSelect={(list) => {
        const files = readFileList(list);
        if (files.length > 0) onFiles(files);
      }}
    >
      <Button isDisabled={isDisabled}>{label}</Button>
    </FileTrigger>
  );
}
