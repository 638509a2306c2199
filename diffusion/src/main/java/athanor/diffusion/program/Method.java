package athanor.diffusion.program;

import athanor.diffusion.program.Expression.Variable;
import athanor.diffusion.program.Statement.Let;
import athanor.diffusion.program.Statement.Repeat;
import athanor.diffusion.program.Statement.When;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A method while it is written, one statement after the other. */
public final class Method {

    private final Signature signature;
    private final Names names;
    private final List<Statement> statements = new ArrayList<>();
    private GuidanceRows rows = GuidanceRows.ALIKE;

    public Method(Signature signature) {
        this(signature, new Names());
    }

    /** @param names of the program that the method belongs to */
    Method(Signature signature, Names names) {
        this.signature = signature;
        this.names = names;
    }

    Signature signature() {
        return signature;
    }

    /** A new variable that holds the value. */
    public Variable let(Expression value) {
        Variable variable = names.next("v");
        add(new Let(variable, value));
        return variable;
    }

    /** A variable of this name that holds the value. */
    public Variable let(String name, Expression value) {
        return let(new Variable(name), value);
    }

    /** This variable, from here on with the value. */
    public Variable let(Variable variable, Expression value) {
        add(new Let(variable, value));
        return variable;
    }

    /** Computes something for what it does to its operands. */
    void run(Expression effect) {
        add(new Let(names.next("_"), effect));
    }

    /** Computes something for what it does to its operands, under a condition. */
    void runWhen(Expression condition, Expression effect) {
        add(new When(condition, new Let(names.next("_"), effect)));
    }

    /** Computes something for what it does to its operands, for the variable {@code i} from 0 to {@code times - 1}. */
    public void runRepeatedly(int times, Expression effect) {
        add(new Repeat(times, new Let(names.next("_"), effect)));
    }

    /**
     * Lets the method be called with more texts than latents, as guidance does, and computes what depends on the latents alone
     * once: row i of the texts belongs to row i modulo B of the latents.
     *
     * @param latents arguments with B rows
     * @param texts arguments with B rows or a multiple of that
     */
    void repeatRows(List<Variable> latents, List<Variable> texts) {
        Variable textsPerLatent =
                let(Torch.torch("floordiv", Torch.size(texts.get(0), 0), Torch.size(latents.get(0), 0)));
        rows = new GuidanceRows(latents, texts, textsPerLatent);
    }

    private void add(Statement statement) {
        statements.add(rows.aligned(statement, this::let));
    }

    /** How many statements there are so far. */
    int length() {
        return statements.size();
    }

    List<Statement> statements() {
        return statements;
    }

    public Definition returning(Expression result) {
        Set<Variable> read = new LinkedHashSet<>(result.reads());
        Set<Integer> factors = new TreeSet<>();
        Statement.needed(statements, read)
                .forEach(statement ->
                        factors.addAll(statement.assignment().value().factors()));
        return new Definition(signature, statements, result, factors);
    }
}
