export const page = 'the page';
