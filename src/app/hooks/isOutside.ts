/** Whether the address of a resource leads away from the page's own origin. Data and blob addresses never leave the machine. */
export function isOutside(address: string, ownOrigin: string): boolean {
  if (address.startsWith('data:') || address.startsWith(`blob:${ownOrigin}`)) return false;
  return new URL(address, ownOrigin).origin !== ownOrigin;
}
