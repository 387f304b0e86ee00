// Aura's expression language: parsed once, evaluated in the scope of a component.
const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([$A-Za-z_][\w$]*(?:\.[\w$]+)*)|(\|\||&&|[=!]==?|[<>]=?|[-+*/%!?:(),]))/y;
const LITERALS = { true: true, false: false, null: null, undefined };
const LEVELS = [['||'], ['&&'], ['==', '!=', '===', '!=='], ['<', '>', '<=', '>='], ['+', '-'], ['*', '/', '%']];

export function isTrue(value) {
    return value !== undefined && value !== null && value !== false && value !== 0 && value !== '' && value !== 'false' && value !== 'f';
}

function isEmpty(value) {
    return value === undefined || value === null || value === '' || (Array.isArray(value) && !value.length);
}

const shown = (value) => value ?? '';
const add = (one, other) => (typeof one === 'number' && typeof other === 'number' ? one + other : `${shown(one)}${shown(other)}`);

const OPERATORS = {
    '||': (one, other) => one || other,
    '&&': (one, other) => one && other,
    '==': (one, other) => (one ?? null) === (other ?? null),
    '!=': (one, other) => (one ?? null) !== (other ?? null),
    '===': (one, other) => one === other,
    '!==': (one, other) => one !== other,
    '<': (one, other) => one < other,
    '>': (one, other) => one > other,
    '<=': (one, other) => one <= other,
    '>=': (one, other) => one >= other,
    '+': add,
    '-': (one, other) => one - other,
    '*': (one, other) => one * other,
    '/': (one, other) => one / other,
    '%': (one, other) => one % other
};

// The names of the guide's Expression Functions Reference.
const FUNCTIONS = {
    abs: Math.abs,
    add,
    and: OPERATORS['&&'],
    concat: add,
    contains: (array, value) => array.includes(value),
    div: OPERATORS['/'],
    empty: isEmpty,
    eq: OPERATORS['=='],
    equals: OPERATORS['=='],
    format: (text, ...values) => String(text).replace(/\{(\d+)\}/g, (mark, index) => shown(values[index])),
    ge: OPERATORS['>='],
    greaterthan: OPERATORS['>'],
    greaterthanorequal: OPERATORS['>='],
    gt: OPERATORS['>'],
    if: (condition, one, other) => (isTrue(condition) ? one : other),
    join: (separator, ...values) => values.map(shown).join(separator),
    le: OPERATORS['<='],
    length: (value) => value?.length ?? 0,
    lessthan: OPERATORS['<'],
    lessthanorequal: OPERATORS['<='],
    lt: OPERATORS['<'],
    mod: OPERATORS['%'],
    modulus: OPERATORS['%'],
    mult: OPERATORS['*'],
    multiply: OPERATORS['*'],
    ne: OPERATORS['!='],
    neg: (value) => -value,
    negate: (value) => -value,
    not: (value) => !isTrue(value),
    notequals: OPERATORS['!='],
    or: OPERATORS['||'],
    sub: OPERATORS['-'],
    subtract: OPERATORS['-']
};

function tokenize(text) {
    const tokens = [];
    TOKEN.lastIndex = 0;
    while (text.slice(TOKEN.lastIndex).trim()) {
        const at = TOKEN.lastIndex;
        const found = TOKEN.exec(text);
        if (!found) {
            throw new Error(`{!${text}} can't be read after "${text.slice(0, at)}"`);
        }
        const [, number, single, double, path, operator] = found;
        const string = single ?? double;
        if (number !== undefined) {
            tokens.push({ value: Number(number) });
        } else if (string !== undefined) {
            tokens.push({ value: string.replace(/\\(.)/g, '$1') });
        } else {
            tokens.push(path ? { path } : { operator });
        }
    }
    return tokens;
}

class Parser {
    constructor(text) {
        this.text = text;
        this.tokens = tokenize(text);
        this.paths = [];
    }

    parse() {
        const evaluate = this.ternary();
        if (this.tokens.length) {
            throw new Error(`{!${this.text}} is not emulated`);
        }
        return evaluate;
    }

    takes(...operators) {
        return operators.includes(this.tokens[0]?.operator) ? this.tokens.shift().operator : undefined;
    }

    expect(operator) {
        if (!this.takes(operator)) {
            throw new Error(`{!${this.text}} lacks a "${operator}"`);
        }
    }

    ternary() {
        const condition = this.binary(0);
        if (!this.takes('?')) {
            return condition;
        }
        const one = this.ternary();
        this.expect(':');
        const other = this.ternary();
        return (scope) => (isTrue(condition(scope)) ? one(scope) : other(scope));
    }

    binary(level) {
        if (level === LEVELS.length) {
            return this.unary();
        }
        let left = this.binary(level + 1);
        for (let operator = this.takes(...LEVELS[level]); operator; operator = this.takes(...LEVELS[level])) {
            const [one, other, act] = [left, this.binary(level + 1), OPERATORS[operator]];
            left = (scope) => act(one(scope), other(scope));
        }
        return left;
    }

    unary() {
        if (this.takes('!')) {
            const operand = this.unary();
            return (scope) => !isTrue(operand(scope));
        }
        if (this.takes('-')) {
            const operand = this.unary();
            return (scope) => -operand(scope);
        }
        if (this.takes('(')) {
            const inner = this.ternary();
            this.expect(')');
            return inner;
        }
        return this.operand();
    }

    operand() {
        const { value, path } = this.tokens.shift() ?? {};
        if (path === undefined) {
            if (value === undefined) {
                throw new Error(`{!${this.text}} is not emulated`);
            }
            return () => value;
        }
        if (path in LITERALS) {
            return () => LITERALS[path];
        }
        if (this.takes('(')) {
            return this.call(path);
        }
        this.paths.push(path);
        return (scope) => scope.look(path);
    }

    call(name) {
        const act = FUNCTIONS[name];
        if (!act) {
            throw new Error(`{!${this.text}}: the function ${name}() is not emulated`);
        }
        const operands = [];
        while (!this.takes(')')) {
            operands.push(this.ternary());
            if (!this.takes(',')) {
                this.expect(')');
                break;
            }
        }
        return (scope) => act(...operands.map((operand) => operand(scope)));
    }
}

const known = new Map();

/** An expression: `evaluate(scope)`, the paths in it, and `path` when it is nothing but one. */
export function parse(text) {
    if (!known.has(text)) {
        const parser = new Parser(text);
        const evaluate = parser.parse();
        const path = parser.paths[0] === text ? text : undefined;
        known.set(text, { evaluate, paths: parser.paths, path });
    }
    return known.get(text);
}
