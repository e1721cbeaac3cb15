import { Component, type ReactNode } from 'react';
import { type LabErrorData, toErrorData } from '../../foundation/labError';
import { saveRunRecord } from '../files/saveRunRecord';
import { useLab } from '../store/LabProvider';
import { Button } from './Button';
import { ErrorView } from './ErrorView';

interface ErrorBoundaryProps {
  /** What is drawn here, as it stands after “while drawing”: `the step Scores`. */
  place: string;
  /** Where the error stands instead; where it happened when left out. */
  frame?: (error: ReactNode) => ReactNode;
  children: ReactNode;
}

/** Keeps what fails while one place of the page is drawn to that place: says what it was, and leads on. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { failure: { thrown: unknown } | null }> {
  override state: { failure: { thrown: unknown } | null } = { failure: null };

  static getDerivedStateFromError(thrown: unknown) {
    return { failure: { thrown } };
  }

  override render() {
    const { place, frame, children } = this.props;
    const { failure } = this.state;
    if (failure === null) return children;
    const error = describeFailure(failure.thrown, place);
    const view = <PlaceError error={error} tryAgain={() => this.setState({ failure: null })} />;
    return frame ? frame(view) : view;
  }
}

function PlaceError({ error, tryAgain }: { error: LabErrorData; tryAgain: () => void }) {
  const record = useLab((state) => state.record);
  return (
    <ErrorView error={error}>
      <Button onPress={tryAgain}>Try again</Button>
      {record ? <Button onPress={() => saveRunRecord(record)}>Save the run record</Button> : null}
      <Button onPress={() => window.location.reload()}>Reload the page</Button>
    </ErrorView>
  );
}

/** Errors of the lab keep their code; anything else that breaks a drawing is `page-failed`. */
function describeFailure(thrown: unknown, place: string): LabErrorData {
  const error = toErrorData(thrown, `drawing ${place}`);
  if (error.code !== 'internal') return error;
  return {
    ...error,
    code: 'page-failed',
    message: `This place could not be drawn: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
    hint: 'The rest of the page goes on, and what was computed is kept. Try again, go to another step, or reload the page.',
  };
}
