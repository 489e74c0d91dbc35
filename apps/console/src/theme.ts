import {
  Badge,
  Button,
  Modal,
  Paper,
  SegmentedControl,
  Switch,
  Tooltip,
  createTheme,
  type CSSVariablesResolver,
} from '@mantine/core';
import { commonTexts } from './texts/common.js';

/** One accent, two neutral scales; every other colour is a tone of theme.css and means a state. */
export const theme = createTheme({
  primaryColor: 'nitro',
  primaryShade: { light: 7, dark: 6 },
  defaultRadius: 'md',
  cursorType: 'pointer',
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  fontSizes: { xs: '0.75rem', sm: '0.875rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  lineHeights: { xs: '1.4', sm: '1.5', md: '1.55', lg: '1.5', xl: '1.4' },
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.625rem', lineHeight: '1.25' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.4' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  colors: {
    nitro: [
      '#eef0fc',
      '#dde1f8',
      '#bac2f1',
      '#95a1e9',
      '#8391e6',
      '#5e6fda',
      '#4a5bcd',
      '#3d4ec2',
      '#303f9f',
      '#26327d',
    ],
    gray: [
      '#f7f8fa',
      '#eff1f5',
      '#e4e7ed',
      '#d3d8e0',
      '#b4bcc9',
      '#8a94a4',
      '#5a6474',
      '#454e5d',
      '#2f3744',
      '#1b2130',
    ],
    dark: [
      '#e6e9ef',
      '#c6cdd8',
      '#a0aaba',
      '#6f7a8c',
      '#3a4250',
      '#2d343f',
      '#20252e',
      '#171b22',
      '#111419',
      '#0b0d11',
    ],
  },
  components: {
    Button: Button.extend({ defaultProps: { size: 'sm' } }),
    Badge: Badge.extend({ defaultProps: { tt: 'none', fw: 550 } }),
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': commonTexts.close } } }, // by name: its code comes with what shows it
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } }, // something without a role among its items; the menu itself gets the focus
    Paper: Paper.extend({ defaultProps: { withBorder: true, radius: 'lg' } }),
    Modal: Modal.extend({ defaultProps: { centered: true, radius: 'lg', overlayProps: { backgroundOpacity: 0.45 } } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: 'sm' } }),
    Switch: Switch.extend({ defaultProps: { withThumbIndicator: false } }),
    Tooltip: Tooltip.extend({
      defaultProps: {
        withArrow: true,
        multiline: true,
        maw: 320,
        openDelay: 150,
        events: { hover: true, focus: true, touch: true },
      },
    }),
  },
});

/** Mantine's own words for what theme.css defines. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-text': '#1b2130',
    '--mantine-color-default-border': '#e4e7ed',
    '--mantine-color-placeholder': '#667083',
  },
  dark: {
    '--mantine-color-text': '#e6e9ef',
    '--mantine-color-default-border': '#2d343f',
    '--mantine-color-placeholder': '#8f9aab',
  },
});
