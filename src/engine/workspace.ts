export interface Workspace {
  host: { environment: import('../recipe/runRecord').Environment };
}
