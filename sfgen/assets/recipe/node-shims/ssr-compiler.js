export const compileComponentForSSR = undefined;
export const compileTemplateForSSR = undefined;
