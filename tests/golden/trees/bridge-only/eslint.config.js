const { defineConfig } = require('eslint/config');
const eslintJs = require('@eslint/js');
const jestPlugin = require('eslint-plugin-jest');
const lwcConfig = require('@salesforce/eslint-config-lwc/recommended');
const globals = require('globals');

module.exports = defineConfig([
    {
        files: ['**/lwc/**/*.js'],
        extends: [lwcConfig]
    },
    {
        files: ['**/lwc/**/*.test.js'],
        extends: [lwcConfig],
        rules: {
            '@lwc/lwc/no-unexpected-wire-adapter-usages': 'off'
        },
        languageOptions: {
            globals: {
                ...globals.node
            }
        }
    },
    {
        files: ['**/staticresources/**/*.js'],
        ignores: ['**/*.min.js'],
        languageOptions: {
            sourceType: 'script',
            ecmaVersion: 2017,
            globals: {
                ...globals.browser,
                Pusher: 'readonly',
                Visualforce: 'readonly'
            }
        },
        plugins: {
            eslintJs
        },
        extends: ['eslintJs/recommended']
    },
    {
        files: ['**/jest-mocks/**/*.js'],
        languageOptions: {
            sourceType: 'module',
            ecmaVersion: 'latest',
            globals: {
                ...globals.node,
                ...globals.es2021,
                ...jestPlugin.environments.globals.globals
            }
        },
        plugins: {
            eslintJs
        },
        extends: ['eslintJs/recommended']
    }
]);
