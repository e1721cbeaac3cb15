export const dataset = 'a stored dataset';
