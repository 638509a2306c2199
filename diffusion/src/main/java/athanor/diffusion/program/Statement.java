package athanor.diffusion.program;

import athanor.diffusion.program.Expression.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A statement of a method. Programs are straight lines; what branches or repeats is one assignment. */
public sealed interface Statement {

    /** {@code variable = value}. */
    record Let(Variable variable, Expression value) implements Statement {
        @Override
        public Let assignment() {
            return this;
        }

        @Override
        public Let withAssignment(Let other) {
            return other;
        }

        @Override
        public void print(StringBuilder text, String indent) {
            text.append(indent).append(variable).append(" = ").append(value).append('\n');
        }
    }

    /** An assignment that is made only under a condition. */
    record When(Expression condition, Let assignment) implements Statement {
        @Override
        public When withAssignment(Let other) {
            return new When(condition, other);
        }

        @Override
        public void print(StringBuilder text, String indent) {
            text.append(indent).append("if ").append(condition).append(":\n");
            assignment.print(text, indent + "  ");
        }
    }

    /** An assignment that is made for {@code i} from 0 to {@code times - 1}. */
    record Repeat(int times, Let assignment) implements Statement {
        @Override
        public Repeat withAssignment(Let other) {
            return new Repeat(times, other);
        }

        @Override
        public void print(StringBuilder text, String indent) {
            text.append(indent).append("for i in range(").append(times).append("):\n");
            assignment.print(text, indent + "  ");
        }
    }

    Let assignment();

    Statement withAssignment(Let other);

    void print(StringBuilder text, String indent);

    /**
     * Those of a run of statements that something depends on, in their order.
     *
     * @param read variables that are read after them; grows by those that are read in them
     */
    static <S extends Statement> List<S> needed(List<S> statements, Set<Variable> read) {
        List<S> needed = new ArrayList<>();
        for (int i = statements.size() - 1; i >= 0; i--) {
            S statement = statements.get(i);
            if (read.contains(statement.assignment().variable())) {
                needed.add(0, statement);
                read.addAll(statement.assignment().value().reads());
            }
        }
        return needed;
    }
}
