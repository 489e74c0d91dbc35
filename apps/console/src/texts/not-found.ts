export const notFoundTexts = {
  title: 'Page not found',
  hint: 'The page may have moved, or the link was cut short.',
  home: 'Go to the integrations',
};
