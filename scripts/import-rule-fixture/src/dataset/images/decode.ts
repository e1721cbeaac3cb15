export const decode = 'decoded';
