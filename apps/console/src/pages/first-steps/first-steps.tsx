import { Button, CloseButton, Group, Paper, Text, Title, VisuallyHidden } from '@mantine/core';
import { IconCircle, IconCircleCheckFilled, IconHelpCircle } from '@tabler/icons-react';
import { Suspense, lazy, useEffect, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { Integration, Project } from '../../api/types.js';
import { May } from '../../auth/may.js';
import { useRefusal } from '../../auth/permissions.js';
import { firstStepsTexts as texts } from '../../texts/first-steps.js';
import { useTest } from '../integrations/use-test.js';
import { STEPS, doneIn, isSomethingOpen, type Facts, type Step } from './facts.js';
import classes from './first-steps.module.css';
import { setOver } from './over.js';
import { useFacts, type Known } from './use-facts.js';

const ProjectDialog = lazy(() =>
  import('../releases/project-dialog.js').then((module) => ({ default: module.ProjectDialog })),
);
const ReleaseDialog = lazy(() =>
  import('../releases/release-dialog.js').then((module) => ({ default: module.ReleaseDialog })),
);

type Opened = { kind: 'project' } | { kind: 'release'; project: Project };

interface Props {
  /** It is known whether there is something to show: before, what is below would move. */
  onSettled: () => void;
}

/** What a new organization does first. A step ticks itself, and nothing is ticked that is not known to be done. */
export function FirstSteps({ onSettled }: Props) {
  const [hidden, setHidden] = useState(false);
  const [opened, setOpened] = useState<Opened>();
  const mayNothing = useRefusal('release') !== undefined;
  const known = useFacts();
  const all = known !== undefined && doneIn(known.facts) === STEPS.length;
  useEffect(() => {
    if (all) setOver();
  }, [all]);
  const settled = known !== undefined || mayNothing;
  useEffect(() => {
    if (settled) onSettled();
  }, [settled, onSettled]);
  const hide = (): void => {
    setOver();
    setHidden(true);
    document.getElementById('content')?.focus({ preventScroll: true });
  };
  const close = (): void => setOpened(undefined);
  return (
    <>
      {known && !hidden && !mayNothing && isSomethingOpen(known.facts) && (
        <Steps known={known} onOpen={setOpened} onHide={hide} />
      )}
      <Suspense>
        {opened?.kind === 'project' && <ProjectDialog onClose={close} />}
        {opened?.kind === 'release' && (
          <ReleaseDialog action={{ kind: 'create', project: opened.project, environment: 'test' }} onClose={close} />
        )}
      </Suspense>
    </>
  );
}

/** Leads to the tiles below. */
const chooseDestination = (): void => document.querySelector<HTMLElement>('#providers button')?.focus();

interface StepsProps {
  known: Known;
  onOpen: (next: Opened) => void;
  onHide: () => void;
}

function Steps({ known, onOpen, onHide }: StepsProps) {
  const { facts, projects, integrations } = known;
  const actions: Record<Step, ReactNode> = {
    project: (
      <May do="release">
        <Action onClick={() => onOpen({ kind: 'project' })}>{texts.project.action}</Action>
      </May>
    ),
    destination: (
      <May do="manage-integrations">
        <Action onClick={chooseDestination}>{texts.destination.action}</Action>
      </May>
    ),
    test: <SendTest integrations={integrations} />,
    release: <Release projects={projects} onOpen={onOpen} />,
  };
  return (
    <Paper component="section" p="lg" mb="xl" aria-labelledby="first-steps" className={classes.panel}>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div>
          <Title order={2} id="first-steps">
            {texts.title}
          </Title>
          <Text size="sm" c="dimmed" mt={2} role="status">
            {texts.lead} {texts.done(doneIn(facts), STEPS.length)}.
          </Text>
        </div>
        <CloseButton onClick={onHide} aria-label={texts.hide} title={texts.hide} />
      </Group>
      <ol className={classes.steps}>
        {STEPS.map((step) => (
          <One key={step} step={step} done={facts[step]}>
            {facts[step] === false && actions[step]}
          </One>
        ))}
      </ol>
    </Paper>
  );
}

function One({ step, done, children }: { step: Step; done: Facts[Step]; children: ReactNode }) {
  const state = done === undefined ? 'unknown' : done ? 'done' : 'open';
  const Icon = { done: IconCircleCheckFilled, open: IconCircle, unknown: IconHelpCircle }[state];
  return (
    <li className={classes.step} data-state={state}>
      <Icon size={20} stroke={1.6} className={classes.mark} aria-hidden />
      <div className={classes.words}>
        <Text fw={550} size="sm">
          <VisuallyHidden>{texts.state[state]}: </VisuallyHidden>
          {texts[step].title}
        </Text>
        {state !== 'done' && (
          <Text size="sm" c="dimmed">
            {state === 'unknown' ? texts.state.unknown : texts[step].hint}
          </Text>
        )}
      </div>
      {children}
    </li>
  );
}

function SendTest({ integrations }: { integrations: readonly Integration[] }) {
  const to = integrations.find(({ enabled }) => enabled);
  if (!to) return <Before>{integrations.length > 0 ? texts.test.disabled : texts.test.before}</Before>;
  return <SendTestTo integration={to} />;
}

function SendTestTo({ integration }: { integration: Integration }) {
  const test = useTest(integration);
  return (
    <May do="test">
      <Action
        loading={test.isPending}
        onClick={() => test.mutate({})}
        aria-label={texts.test.actionTo(integration.name)}
      >
        {texts.test.action}
      </Action>
    </May>
  );
}

/** In the one project there is; of several, somebody chooses. */
function Release({ projects, onOpen }: { projects: readonly Project[] } & Pick<StepsProps, 'onOpen'>) {
  const [project, ...others] = projects;
  if (!project) return <Before>{texts.release.before}</Before>;
  if (others.length > 0)
    return (
      <Button component={Link} to="/projects" variant="default" size="xs">
        {texts.release.choose}
      </Button>
    );
  return (
    <May do="release">
      <Action onClick={() => onOpen({ kind: 'release', project })}>{texts.release.action}</Action>
    </May>
  );
}

interface ActionProps {
  onClick: () => void;
  children: string;
  loading?: boolean;
  disabled?: boolean;
  'aria-label'?: string;
}

const Action = (props: ActionProps) => <Button variant="default" size="xs" {...props} />;

const Before = ({ children }: { children: string }) => (
  <Text size="sm" c="dimmed">
    {children}
  </Text>
);
