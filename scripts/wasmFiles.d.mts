export function wasmFolder(): string;
export function wasmFiles(): { name: string; read(): Uint8Array }[];
