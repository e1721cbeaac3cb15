export function servePage(options: {
  port: number;
  folder?: string;
}): Promise<{ url: string; origin: string; port: number; close(): Promise<void> }>;
