export function servePage(options: { port: number }): Promise<{ url: string; origin: string; close(): Promise<void> }>;
