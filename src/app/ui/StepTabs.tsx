import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import styles from './StepTabs.module.css';

export interface StepTab<Id extends string> {
  id: Id;
  title: string;
  content: ReactNode;
}

interface StepTabsProps<Id extends string> {
  /** What the tabs are views of. */
  label: string;
  tabs: readonly StepTab<Id>[];
  /** The view shown, where others need to know it; left out, the tabs keep it themselves. */
  shown?: Id;
  onShow?(id: Id): void;
}

/** The views of a step, one at a time, each as large as the step. */
export function StepTabs<Id extends string>({ label, tabs, shown, onShow }: StepTabsProps<Id>) {
  return (
    <Tabs
      className={styles.tabs}
      selectedKey={shown}
      onSelectionChange={(key) => {
        const chosen = tabs.find(({ id }) => id === key);
        if (chosen) onShow?.(chosen.id);
      }}
    >
      <TabList aria-label={label} className={styles.tabList}>
        {tabs.map(({ id, title }) => (
          <Tab key={id} id={id} className={styles.tab}>
            {title}
          </Tab>
        ))}
      </TabList>
      {tabs.map(({ id, content }) => (
        <TabPanel key={id} id={id} className={styles.panel}>
          {content}
        </TabPanel>
      ))}
    </Tabs>
  );
}
