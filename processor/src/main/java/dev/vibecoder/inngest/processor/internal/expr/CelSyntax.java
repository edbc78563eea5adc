package dev.vibecoder.inngest.processor.internal.expr;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** CEL's own parser. Nothing else names its classes: they are loaded with this one. */
final class CelSyntax implements Syntax {
  // Macros are not expanded, so that nodes are what was written; optionals and quoted names are
  // off in the server's parser.
  private final CelParser parser =
      CelParserFactory.standardCelParserBuilder()
          .setOptions(
              CelOptions.current()
                  .enableOptionalSyntax(false)
                  .enableQuotedIdentifierSyntax(false)
                  .retainRepeatedUnaryOperators(true)
                  .build())
          .build();

  @Override
  public Parsed parse(String expression) {
    try {
      CelValidationResult result = parser.parse(expression);
      Optional<CelIssue> issue = result.getErrors().stream().findFirst();
      if (issue.isPresent()) {
        return new Parsed(
            null, offset(expression, issue.get().getSourceLocation()), issue.get().getMessage());
      }
      CelAbstractSyntaxTree tree = result.getAst();
      return new Parsed(
          new Reader(expression, tree.getSource().getPositionsMap()).node(tree.getExpr()), 0, "");
    } catch (CelValidationException | RuntimeException | StackOverflowError e) {
      return new Parsed(null, 0, String.valueOf(e.getMessage()));
    }
  }

  /** Index of a character; CEL counts code points within lines. */
  private static int offset(String expression, CelSourceLocation location) {
    int line = 0;
    for (int n = 1; n < location.getLine(); n++) {
      line = expression.indexOf('\n', line) + 1;
    }
    int column = Math.max(0, location.getColumn());
    int rest = expression.codePointCount(line, expression.length());
    return expression.offsetByCodePoints(line, Math.min(column, rest));
  }

  /** Makes our nodes of CEL's. */
  private record Reader(String text, Map<Long, Integer> positions) {
    Node node(CelExpr expression) {
      int at = at(expression.id());
      return switch (expression.getKind()) {
        case CONSTANT -> literal(at, expression.constant());
        case IDENT -> new Node.Name(at, withoutDot(expression.ident().name()));
        case SELECT ->
            new Node.Select(
                afterDot(at), node(expression.select().operand()), expression.select().field());
        case CALL -> call(at, expression.call());
        case LIST -> new Node.Listing(at, nodes(expression.list().elements()));
        case MAP ->
            new Node.Mapping(
                at,
                expression.map().entries().stream().map(entry -> node(entry.key())).toList(),
                expression.map().entries().stream().map(entry -> node(entry.value())).toList());
        case STRUCT -> new Node.Message(at, expression.struct().messageName());
        default -> throw new IllegalStateException("No such syntax: " + expression.getKind());
      };
    }

    private List<Node> nodes(List<CelExpr> expressions) {
      return expressions.stream().map(this::node).toList();
    }

    private Node call(int at, CelExpr.CelCall call) {
      @Nullable Node target = call.target().map(this::node).orElse(null);
      boolean named =
          Character.isJavaIdentifierStart(call.function().charAt(0))
              && !call.function().startsWith("_");
      return new Node.Call(
          named ? nameBefore(at) : at, call.function(), target, nodes(call.args()));
    }

    private static Node literal(int at, CelConstant constant) {
      return switch (constant.getKind()) {
        case BOOLEAN_VALUE -> new Node.Literal(at, Kind.BOOL, constant.booleanValue());
        case INT64_VALUE -> new Node.Literal(at, Kind.INT, constant.int64Value());
        case UINT64_VALUE -> new Node.Literal(at, Kind.UINT, constant.uint64Value() + "u");
        case DOUBLE_VALUE -> new Node.Literal(at, Kind.DOUBLE, constant.doubleValue());
        case STRING_VALUE -> new Node.Literal(at, Kind.TEXT, constant.stringValue());
        case BYTES_VALUE -> new Node.Literal(at, Kind.BYTES, "bytes");
        default -> new Node.Literal(at, Kind.NULL, "null");
      };
    }

    private int at(long id) {
      int points = positions.getOrDefault(id, 0);
      return text.offsetByCodePoints(0, Math.min(points, text.codePointCount(0, text.length())));
    }

    private static String withoutDot(String name) {
      return name.startsWith(".") ? name.substring(1) : name;
    }

    /** CEL points to the dot; a reader looks at the name behind it. */
    private int afterDot(int dot) {
      int at = dot;
      while (at < text.length() && (text.charAt(at) == '.' || isSpace(at))) {
        at++;
      }
      return at < text.length() ? at : dot;
    }

    /** CEL points to the parenthesis; a reader looks at the name before it. */
    private int nameBefore(int parenthesis) {
      int at = parenthesis;
      while (at > 0 && isSpace(at - 1)) {
        at--;
      }
      while (at > 0 && Character.isJavaIdentifierPart(text.charAt(at - 1))) {
        at--;
      }
      return at;
    }

    private boolean isSpace(int at) {
      return Character.isWhitespace(text.charAt(at));
    }
  }
}
