import { useState } from 'react';
import type { ArchitecturePlan } from '../../../../model/architectures/architecturePlan';
import { publishedPlan, type SequentialName } from '../../../../model/architectures/publishedPlan';
import { architectureLabels, type ChannelCount } from '../../../../model/labModel';
import { Button } from '../../../ui/Button';
import { addStep, moveStep, removeStep, replaceStep } from './editPlan';
import styles from './Plan.module.css';
import { PlanDrawing } from './PlanDrawing';
import { planOverview } from './planRows';
import { StepFields } from './StepFields';
import { StepList } from './StepList';

interface PlanEditorProps {
  plan: ArchitecturePlan;
  imageSize: number;
  /** Of the images; 3 when left out. */
  channels?: ChannelCount;
  classCount: number;
  isDisabled: boolean;
  onChange(plan: ArchitecturePlan): void;
}

const beginnings: readonly SequentialName[] = ['small-cnn', 'vgg11', 'vgg11-bn'];

/** A network of one's own, step by step, with its drawing. */
export function PlanEditor({ plan, imageSize, channels, classCount, isDisabled, onChange }: PlanEditorProps) {
  const [chosen, choose] = useState(0);
  const selected = Math.min(chosen, plan.length - 1);
  const overview = planOverview(plan, { imageSize, channels, classCount });
  const outputShape = overview.rows[selected]?.outputShape;
  const step = plan[selected]!;
  const change = (changed: ArchitecturePlan, next: number) => {
    onChange(changed);
    choose(Math.max(0, next));
  };
  return (
    <section className={styles.editor} aria-label="Your own network">
      <PlanDrawing overview={overview} imageSize={imageSize} selected={selected} />
      <p className={styles.problem} role="status">
        {overview.problem ? `${overview.problem.message} ${overview.problem.hint}` : ''}
      </p>
      <div className={styles.columns}>
        <div>
          <StepList overview={overview} selected={selected} isDisabled={isDisabled} onSelect={choose} />
          <div className={styles.buttons}>
            <span className={styles.words}>Begin again from</span>
            {beginnings.map((name) => (
              <Button
                key={name}
                look="quiet"
                isDisabled={isDisabled}
                onPress={() => change(publishedPlan({ name, widthMultiplier: 1 }), 0)}
              >
                {architectureLabels[name]}
              </Button>
            ))}
          </div>
        </div>
        <div className={styles.fields} role="group" aria-label={`Step ${selected + 1}`}>
          <h4>Step {selected + 1}</h4>
          <StepFields
            step={step}
            isDisabled={isDisabled}
            onChange={(changed) => onChange(replaceStep(plan, selected, changed))}
          />
          <div className={styles.buttons}>
            <Button
              isDisabled={isDisabled}
              aria-label="Add a step behind"
              onPress={() => change(addStep(plan, selected, outputShape?.length === 3), selected + 1)}
            >
              Add
            </Button>
            <Button
              isDisabled={isDisabled || selected === 0}
              aria-label="Move step up"
              onPress={() => change(moveStep(plan, selected, -1), selected - 1)}
            >
              Up
            </Button>
            <Button
              isDisabled={isDisabled || selected === plan.length - 1}
              aria-label="Move step down"
              onPress={() => change(moveStep(plan, selected, 1), selected + 1)}
            >
              Down
            </Button>
            <Button
              isDisabled={isDisabled || plan.length === 1}
              onPress={() => change(removeStep(plan, selected), selected - 1)}
            >
              Remove
            </Button>
          </div>
        </div>
      </div>
    </section>
  );
}
