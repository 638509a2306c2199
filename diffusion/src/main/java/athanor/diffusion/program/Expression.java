package athanor.diffusion.program;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Something with a value in a TorchScript program: an operator with its operands, or an operand. {@link #toString} prints it. */
public sealed interface Expression {

    /** A local variable or an argument. */
    record Variable(String name) implements Expression {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A frozen or unpacked weight, an element of the list {@code P}; {@link EmittedProgram#weights} says which. */
    record Weight(int position) implements Expression {
        @Override
        public String toString() {
            return "P[" + position + "]";
        }
    }

    /** A LoRA factor, an element of the list {@code L}; {@link EmittedProgram#loras} says which. */
    record Factor(int position) implements Expression {
        @Override
        public String toString() {
            return "L[" + position + "]";
        }
    }

    /** What the program's text says as it is: a number, {@code None}, an attribute of the program. */
    record Literal(String text) implements Expression {
        @Override
        public String toString() {
            return text;
        }
    }

    /** A list of expressions. */
    record Elements(List<Expression> operands) implements Expression {
        @Override
        public Expression withOperands(UnaryOperator<Expression> change) {
            return new Elements(operands.stream().map(change).toList());
        }

        @Override
        public String toString() {
            return "[" + joined(operands) + "]";
        }
    }

    /** One element of a list. */
    record Element(Expression list, Expression index) implements Expression {
        @Override
        public List<Expression> operands() {
            return List.of(list, index);
        }

        @Override
        public Expression withOperands(UnaryOperator<Expression> change) {
            return new Element(change.apply(list), change.apply(index));
        }

        @Override
        public String toString() {
            return list + "[" + index + "]";
        }
    }

    /** An operand that is passed by its name, {@code alpha=0.5}. */
    record Named(String name, Expression value) implements Expression {
        @Override
        public List<Expression> operands() {
            return List.of(value);
        }

        @Override
        public Expression withOperands(UnaryOperator<Expression> change) {
            return new Named(name, change.apply(value));
        }

        @Override
        public String toString() {
            return name + "=" + value;
        }
    }

    /** @param operator with what it belongs to, {@code torch.add} or {@code self.unet} */
    record Call(String operator, List<Expression> operands) implements Expression {

        /** The operator that reads nothing of a tensor but its shape. */
        static final String SIZE = "torch.size";

        @Override
        public Expression withOperands(UnaryOperator<Expression> change) {
            return new Call(operator, operands.stream().map(change).toList());
        }

        @Override
        public String toString() {
            return operator + "(" + joined(operands) + ")";
        }
    }

    /** In the order in which they are printed. */
    default List<Expression> operands() {
        return List.of();
    }

    /** The same of other operands. */
    default Expression withOperands(UnaryOperator<Expression> change) {
        return this;
    }

    /** The same of other variables. */
    default Expression renamed(Map<Variable, Variable> names) {
        return this instanceof Variable variable
                ? names.getOrDefault(variable, variable)
                : withOperands(operand -> operand.renamed(names));
    }

    /** Variables in it, in the order in which they are printed. */
    default Set<Variable> reads() {
        Set<Variable> found = new LinkedHashSet<>();
        addVariables(found, false);
        return found;
    }

    /** Those of {@link #reads} whose numbers count, not only their size. */
    default Set<Variable> readsNumbersOf() {
        Set<Variable> found = new LinkedHashSet<>();
        addVariables(found, true);
        return found;
    }

    private void addVariables(Set<Variable> found, boolean ofNumbers) {
        if (this instanceof Variable variable) {
            found.add(variable);
        } else if (!(ofNumbers && isCallOf(Call.SIZE))) {
            operands().forEach(operand -> operand.addVariables(found, ofNumbers));
        }
    }

    /** Positions of the LoRA factors in it. */
    default Set<Integer> factors() {
        Set<Integer> found = new TreeSet<>();
        addFactors(found);
        return found;
    }

    private void addFactors(Set<Integer> found) {
        if (this instanceof Factor factor) {
            found.add(factor.position());
        } else {
            operands().forEach(operand -> operand.addFactors(found));
        }
    }

    default boolean isCallOf(String operator) {
        return this instanceof Call call && call.operator().equals(operator);
    }

    private static String joined(List<Expression> expressions) {
        return expressions.stream().map(Expression::toString).collect(Collectors.joining(", "));
    }
}
