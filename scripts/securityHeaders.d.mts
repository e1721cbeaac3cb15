export const securityHeaders: Record<string, string>;
export const developmentHeaders: Record<string, string>;
export const testHeaders: Record<string, string>;
