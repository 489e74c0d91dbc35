interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults?: { name: string; status: string; assertionResults: { status: string; fullName: string }[] }[];
}

export class Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly ok: boolean;
  addCheck(name: string, ok: boolean): void;
  addSuite(name: string, ok: boolean, report: Report | undefined): void;
  lines(): string[];
}
