import js from '@eslint/js';
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** The wire's generated types are words that every layer shares; nothing else of realtime is. */
const wireTypesOnly = {
  regex: '/realtime/contracts$',
  allowTypeImports: true,
  message: 'state and ui take the lists of words from state/words, and only types from the wire.',
};
const noSocket = { regex: '/realtime/(?!contracts$)', message: 'Only realtime and main.tsx know how the hub is reached; ask a port of state/ports.' };
const noAudio = { regex: '/audio/', message: 'Only main.tsx knows the browser\'s microphone; ask a port of state/ports.' };
const noScreen = { regex: '/ui(/|$)', message: 'ui draws state and is known by nobody but main.tsx.' };
const noFramework = { regex: '^(react|react-dom|@mantine|@tabler)(/|$)', message: 'state and realtime run without a screen.' };
const noSignalR = { regex: '^@microsoft/signalr', message: 'Only realtime holds the socket.' };

const imports = (...patterns) => ({ '@typescript-eslint/no-restricted-imports': ['error', { patterns }] });

const everywhere = [
  { selector: 'ExportDefaultDeclaration', message: 'Named exports: one thing has one name.' },
  { selector: 'SwitchCase[test=null]', message: 'No default: a new kind must show up where it is not handled yet.' },
  {
    selector: "ExpressionStatement > CallExpression[callee.property.name=/^(subscribe|onRoomDelta|onRoomListed|onAlertListed|after|every)$/]",
    message: 'Whoever subscribes or sets a timer keeps what ends it: give it to a scope.',
  },
  { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: 'What others wrote is text.' },
];

export default tseslint.config(
  { ignores: ['node_modules/', 'src/realtime/contracts.ts'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['eslint.config.js'] }, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'no-restricted-syntax': ['error', ...everywhere],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: false }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  { files: ['src/realtime/**'], rules: imports(noScreen, noFramework, noAudio) },
  { files: ['src/audio/**'], rules: imports(wireTypesOnly, noSocket, noScreen, noFramework, noSignalR) },
  { files: ['src/state/**'], rules: imports(wireTypesOnly, noSocket, noScreen, noFramework, noSignalR, noAudio) },
  { files: ['src/state/words.ts'], rules: imports(noSocket, noScreen, noFramework, noSignalR) },
  {
    files: ['src/ui/**'],
    plugins: { 'react-hooks': hooks },
    rules: { ...hooks.configs.recommended.rules, ...imports(wireTypesOnly, noSocket, noSignalR, noAudio) },
  },
  {
    files: ['eslint.config.js', 'vite.config.ts'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { 'no-restricted-syntax': 'off' },
  },
);
