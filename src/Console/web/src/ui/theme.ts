import { createTheme, type MantineColorsTuple } from '@mantine/core';

// Blue-grey rather than neutral: on a wall of screens in a dim room it tires the eye less than black.
const dark: MantineColorsTuple = [
  '#e6ebf2', '#c9d2de', '#a9b6c7', '#8b9bb0', '#4b5b71', '#36455a', '#253245', '#17212f', '#101823', '#0b111a',
];

export const theme = createTheme({
  colors: { dark },
  primaryColor: 'blue',
  primaryShade: { light: 7, dark: 8 },
  autoContrast: true,
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "DejaVu Sans Mono", Consolas, monospace',
  fontSizes: { xs: '13px', sm: '14.5px', md: '16px', lg: '18px', xl: '21px' },
  defaultRadius: 'sm',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: { Modal: { styles: { title: { fontWeight: 650, fontSize: 18 } } } },
});
