/** Threads of a workgroup that is one row. */
export const threads = 64;

/** Workgroups of 64 threads for so many values; a device has at most 65,535 along one axis. */
export function flat(values: number): [number, number] {
  const groups = Math.ceil(values / threads);
  const rows = Math.ceil(groups / 65_535);
  return [Math.ceil(groups / rows), rows];
}

/** The place of a thread under `flat`. */
export const flatIndex = `
      fn flatIndex() -> i32 {
        return i32((workgroupId.y * numWorkgroups.x + workgroupId.x) * ${threads}u + localId.x);
      }`;
