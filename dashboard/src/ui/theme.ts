/** One type scale, one spacing scale, one accent. Every text passes 4.5:1 on what it is written on, in light and dark. */
import { createTheme, type CSSVariablesResolver } from '@mantine/core';

export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 8, dark: 8 },
  defaultRadius: 'md',
  fontFamily: 'Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  fontSizes: { xs: '0.75rem', sm: '0.875rem', md: '0.9375rem', lg: '1.125rem', xl: '1.375rem' },
  headings: {
    fontWeight: '620',
    sizes: { h1: { fontSize: '1.5rem', lineHeight: '1.25' }, h2: { fontSize: '1.0625rem', lineHeight: '1.4' } },
  },
  cursorType: 'pointer',
});

export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#f7f8fa',
    '--mantine-color-dimmed': '#545c66',
    '--mantine-color-placeholder': '#68707a',
    '--mantine-color-anchor': '#3045b8',
    '--coffer-panel': '#ffffff',
    '--coffer-line': '#e4e7ec',
    '--coffer-good': '#0f6b3e',
    '--coffer-warn': '#8a4b00',
    '--coffer-bad': '#b3261e',
    '--coffer-quiet': '#545c66',
  },
  dark: {
    '--mantine-color-body': '#101216',
    '--mantine-color-dimmed': '#a3abb6',
    '--mantine-color-placeholder': '#98a1ac',
    '--mantine-color-anchor': '#a9b8ff',
    '--mantine-color-text': '#e6e9ee',
    '--mantine-color-default': '#20242c',
    '--mantine-color-default-hover': '#272c35',
    '--mantine-color-default-border': '#39404c',
    '--coffer-panel': '#181b21',
    '--coffer-line': '#2a2f38',
    '--coffer-good': '#5fd39a',
    '--coffer-warn': '#f0b45a',
    '--coffer-bad': '#ff9188',
    '--coffer-quiet': '#a3abb6',
  },
});
