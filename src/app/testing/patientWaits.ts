import { configure } from '@testing-library/react';

// A machine that is busy takes longer than the second that is usual; what is never there is still missed, only later.
configure({ asyncUtilTimeout: 20_000 });
