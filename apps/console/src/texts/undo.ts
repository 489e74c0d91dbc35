/** What can be taken back for ten seconds. */
export const undoTexts = {
  undo: 'Undo',
  key: 'Ctrl+Z or ⌘Z',
  left: (seconds: number) => `in ${seconds} s`,
};
