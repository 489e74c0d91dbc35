import ts from 'typescript';

export interface Finding {
  file: string;
  /** From 1. */
  line: number;
  why: string;
}

const LATE = 'is awaited only after another await; await it at once, or give it to inBackground() of test/support';
const BESIDE = 'is begun beside an await in the same list; await that one before';
const LOOP = 'are awaited one after another, and a later one may reject before its turn; use Promise.all';
const FLOATING = 'is not awaited; await it, catch what it throws, or say void where it cannot throw';

/** Says that the work is listened to from now on, in test/support. */
const LISTENS = 'inBackground';
/** Vitest's own types are slow to look up, and lint has a rule for those that are to be awaited. */
const ASSERTION = /^(expect|it|describe)\b/;
/** By how many arguments they take a rejection. */
const HANDLERS = new Map([
  ['catch', 1],
  ['then', 2],
]);

/**
 * Promises that may reject before anybody listens. Node ends a process for that, and vitest a run, where it happens to
 * come early; where it comes late, nothing is seen.
 */
export class UnheardRejections {
  private readonly findings: Finding[] = [];
  private readonly checker: ts.TypeChecker;

  constructor(private readonly program: ts.Program) {
    this.checker = program.getTypeChecker();
  }

  in(isOurs: (file: string) => boolean): Finding[] {
    for (const file of this.program.getSourceFiles())
      if (!file.isDeclarationFile && isOurs(file.fileName)) this.visit(file);
    return this.findings;
  }

  private visit(node: ts.Node): void {
    if (ts.isVariableDeclaration(node) && node.initializer && ts.isIdentifier(node.name))
      this.checkName(node.name, { from: node.getEnd(), scope: functionOf(node), initializer: node.initializer });
    else if (
      ts.isParameter(node) &&
      ts.isIdentifier(node.name) &&
      /Promise/.test(node.type?.getText() ?? '') &&
      'body' in node.parent
    )
      this.checkName(node.name, { from: node.getEnd(), scope: node.parent, initializer: undefined });
    else if (ts.isArrayLiteralExpression(node)) this.checkList(node.elements);
    else if (ts.isCallExpression(node)) this.checkList(node.arguments);
    else if (ts.isForOfStatement(node) && awaitsWithin(node.statement) && this.isPromise(node.initializer, true))
      this.report(node.expression, LOOP);
    else if (ts.isExpressionStatement(node) && this.mayReject(node.expression)) this.report(node, FLOATING);
    ts.forEachChild(node, (child) => this.visit(child));
  }

  /** Between where the promise is made and where its name is used first. */
  private checkName(
    name: ts.Identifier,
    { from, scope, initializer }: { from: number; scope: ts.Node; initializer: ts.Expression | undefined },
  ): void {
    if (initializer && !(mayBeUnheard(initializer) && awaitsWithin(scope, from))) return;
    if (!this.isPromise(name)) return;
    const use = this.firstUse(name, from, scope);
    const until = use?.getStart() ?? scope.getEnd();
    // a callback that uses it may wait itself before it does
    const late = awaitsWithin(scope, from, until) || (use !== undefined && awaitsWithin(functionOf(use), from, until));
    if (late) this.report(name, LATE);
  }

  private checkList(items: ts.NodeArray<ts.Expression>): void {
    const last = items.findLastIndex((item) => awaitsWithin(item) && !isFunction(item));
    const beside = items.slice(0, Math.max(last, 0)).find((item) => mayBeUnheard(item) && this.isPromise(item));
    if (beside) this.report(beside, BESIDE);
  }

  private firstUse(name: ts.Identifier, from: number, scope: ts.Node): ts.Identifier | undefined {
    const symbol = this.checker.getSymbolAtLocation(name);
    const find = (node: ts.Node): ts.Identifier | undefined => {
      if (ts.isIdentifier(node) && node.text === name.text && node.getStart() > from && this.symbolOf(node) === symbol)
        return node;
      return ts.forEachChild(node, find);
    };
    return find(scope);
  }

  private symbolOf(node: ts.Identifier): ts.Symbol | undefined {
    return ts.isShorthandPropertyAssignment(node.parent)
      ? this.checker.getShorthandAssignmentValueSymbol(node.parent)
      : this.checker.getSymbolAtLocation(node);
  }

  private mayReject(expression: ts.Expression): boolean {
    if (!ts.isCallExpression(expression) || ASSERTION.test(expression.getText())) return false;
    return mayBeUnheard(expression) && isPromiseType(this.checker.getTypeAtLocation(expression));
  }

  /** Or a list of them. */
  private isPromise(node: ts.Node, alone = false): boolean {
    const type = this.checker.getTypeAtLocation(ts.isVariableDeclarationList(node) ? node.declarations[0]!.name : node);
    if (isPromiseType(type)) return true;
    if (alone || !(this.checker.isArrayType(type) || this.checker.isTupleType(type))) return false;
    return this.checker.getTypeArguments(type as ts.TypeReference).some(isPromiseType);
  }

  private report(node: ts.Node, why: string): void {
    const source = node.getSourceFile();
    const start = source.getLineAndCharacterOfPosition(node.getStart());
    this.findings.push({ file: source.fileName, line: start.line + 1, why: `${firstLine(node)} ${why}` });
  }
}

const firstLine = (node: ts.Node): string => node.getText().split('\n', 1)[0]!;

const isFunction = (node: ts.Node): boolean => ts.isFunctionLike(node);

function functionOf(node: ts.Node): ts.Node {
  let found = node.parent;
  while (!isFunction(found) && !ts.isSourceFile(found)) found = found.parent;
  return found;
}

function isPromiseType(type: ts.Type): boolean {
  if (type.isUnion()) return type.types.some(isPromiseType);
  return ['Promise', 'PromiseLike'].includes(type.getSymbol()?.name ?? '');
}

/** Not where the rejection is handled on the spot, or cannot come. */
function mayBeUnheard(expression: ts.Expression): boolean {
  if (ts.isNewExpression(expression)) {
    const [executor] = expression.arguments ?? [];
    return !(executor && ts.isArrowFunction(executor) && executor.parameters.length === 1);
  }
  if (ts.isArrayLiteralExpression(expression)) return expression.elements.some(mayBeUnheard);
  if (ts.isConditionalExpression(expression)) return [expression.whenTrue, expression.whenFalse].some(mayBeUnheard);
  if (!ts.isCallExpression(expression)) return ts.isIdentifier(expression) || ts.isPropertyAccessExpression(expression);
  const { expression: callee, arguments: given } = expression;
  if (ts.isIdentifier(callee)) return callee.text !== LISTENS;
  if (given.some(handsOn)) return false;
  if (!ts.isPropertyAccessExpression(callee)) return true;
  const { text } = callee.name;
  if (text === 'allSettled') return false;
  if (text === 'finally') return mayBeUnheard(callee.expression);
  return given.length < (HANDLERS.get(text) ?? Infinity);
}

/** `list.map(inBackground)`, `Array.from(…, () => work().catch(…))`. */
function handsOn(given: ts.Expression): boolean {
  if (ts.isIdentifier(given)) return given.text === LISTENS;
  return ts.isArrowFunction(given) && ts.isCallExpression(given.body) && !mayBeUnheard(given.body);
}

/** An await of the function itself, not of those within it, that begins and ends between two places. */
function awaitsWithin(node: ts.Node, from = -1, until = Infinity): boolean {
  const find = (one: ts.Node): boolean | undefined => {
    if (one !== node && isFunction(one)) return undefined;
    const waits = ts.isAwaitExpression(one) || (ts.isForOfStatement(one) && one.awaitModifier !== undefined);
    if (waits && one.getStart() >= from && one.getEnd() <= until) return true;
    return ts.forEachChild(one, find);
  };
  return find(node) ?? false;
}
