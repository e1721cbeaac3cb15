import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, expect, it } from 'vitest';
import type { ImageFit } from '../../foundation/imageFit';
import { ImageFitFields } from './ImageFitFields';

afterEach(cleanup);

function Form({ onFit }: { onFit(fit: ImageFit): void }) {
  const [fit, setFit] = useState<ImageFit | null>(null);
  return (
    <ImageFitFields
      fit={fit}
      onChange={(next) => {
        setFit(next);
        onFit(next);
      }}
    />
  );
}

it('asks for what each way needs, and says what becomes of a photo', async () => {
  const user = userEvent.setup();
  const fits: ImageFit[] = [];
  render(<Form onFit={(fit) => fits.push(fit)} />);
  const choose = async (name: string) => {
    await user.click(screen.getByRole('button', { name: /Images of other shapes are/ }));
    await user.click(await screen.findByRole('option', { name }));
  };
  expect(screen.getByRole('button', { name: /Images of other shapes are/ }).textContent).toContain('not known');
  await choose('padded');
  expect(screen.getByText('A photo of 3 : 2 is padded with black.')).toBeDefined();
  await user.clear(screen.getByRole('textbox', { name: /Grey beside them/ }));
  await user.type(screen.getByRole('textbox', { name: /Grey beside them/ }), '114');
  await user.tab();
  await choose('cropped');
  await user.clear(screen.getByRole('textbox', { name: /Left out of the shorter side/ }));
  await user.type(screen.getByRole('textbox', { name: /Left out of the shorter side/ }), '0.125');
  await user.tab();
  expect(screen.getByText('A photo of 3 : 2 is cropped to the middle less 12.5 % of the shorter side.')).toBeDefined();
  expect(fits).toContainEqual({ kind: 'pad', fill: 114 });
  expect(fits.at(-1)).toEqual({ kind: 'crop', margin: 0.125 });
});
