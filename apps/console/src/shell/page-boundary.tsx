import { Component, type ReactNode } from 'react';
import { ErrorPanel } from '../components/error-panel.js';

interface State {
  error: Error | undefined;
}

/** A page that breaks does not take the navigation with it. */
export class PageBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: undefined };

  static getDerivedStateFromError(error: Error): State {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === undefined) return this.props.children;
    return <ErrorPanel error={this.state.error} onRetry={() => window.location.reload()} />;
  }
}
