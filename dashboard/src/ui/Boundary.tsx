/** Keeps the frame of the app where a page of it fails, such as one whose script cannot be loaded: offline, or after an upgrade. */
import { Alert, Button, Stack, Text } from '@mantine/core';
import { Component, type ReactNode } from 'react';

interface Props {
  /** Another one, such as the address, begins anew. */
  readonly of: string;
  readonly children: ReactNode;
}

interface State {
  readonly failed: string | undefined;
  readonly of: string;
}

export class Boundary extends Component<Props, State> {
  override state: State = { failed: undefined, of: this.props.of };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { failed: error instanceof Error ? error.message : 'it failed' };
  }

  static getDerivedStateFromProps({ of }: Props, state: State): Partial<State> | null {
    return of === state.of ? null : { failed: undefined, of };
  }

  override render(): ReactNode {
    if (this.state.failed === undefined) return this.props.children;
    return (
      <Alert color="red" variant="outline" title="This part of the page could not be shown" role="alert">
        <Stack gap="xs" align="flex-start">
          <Text size="sm">{this.state.failed}</Text>
          <Button size="xs" variant="default" onClick={() => location.reload()}>
            Load the page again
          </Button>
        </Stack>
      </Alert>
    );
  }
}
