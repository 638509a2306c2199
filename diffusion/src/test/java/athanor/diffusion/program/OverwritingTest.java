package athanor.diffusion.program;

import static athanor.diffusion.program.Torch.add;
import static athanor.diffusion.program.Torch.list;
import static athanor.diffusion.program.Torch.number;
import static athanor.diffusion.program.Torch.torch;
import static org.assertj.core.api.Assertions.assertThat;

import athanor.diffusion.program.Expression.Factor;
import athanor.diffusion.program.Expression.Variable;
import athanor.diffusion.program.Expression.Weight;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OverwritingTest {

    private static final Variable X = Torch.variable("x");

    private final Method method = new Method(Signature.of("run").weights().tensors(X));

    @Test
    void anActivationOverwritesWhatOnlyItReads() {
        Variable normed = method.let(torch("group_norm", X, number(8), new Weight(0), new Weight(1), number(1e-5)));
        Variable active = method.let(torch("silu", normed));

        assertThat(lastOf(active)).isEqualTo("v1 = torch.silu_(v0)");
    }

    @Test
    void aSumOverwritesItsFirstOperandOrTheLayerThatIsItsSecond() {
        Variable sum = method.let(add(method.let(layer(X)), X));
        assertThat(lastOf(sum)).isEqualTo("v1 = torch.add_(v0, x)");

        Variable other = method.let(add(X, method.let(layer(X))));
        assertThat(lastOf(other)).isEqualTo("v3 = torch.add_(v2, x)");
    }

    @Test
    void whatIsReadAgainStays() {
        Variable y = method.let(layer(X));
        Variable active = method.let(torch("silu", y));
        assertThat(lastOf(list(y, active))).isEqualTo("v1 = torch.silu(v0)");

        Variable again = method.let(layer(y));
        assertThat(textOf(again)).contains("v1 = torch.silu(v0)");
    }

    @Test
    void argumentsAndViewsStay() {
        assertThat(lastOf(method.let(torch("silu", X)))).isEqualTo("v0 = torch.silu(x)");
        Variable view = method.let(Torch.transpose(X, 1, 2));
        assertThat(lastOf(method.let(torch("silu", view)))).isEqualTo("v2 = torch.silu(v1)");
        // One number a channel, seen as a picture of one pixel: the sum is larger than that.
        Variable pixel = method.let(torch("unsqueeze", torch("unsqueeze", X, number(-1)), number(-1)));
        assertThat(lastOf(method.let(add(X, pixel)))).isEqualTo("v4 = torch.add(x, v3)");
    }

    @Test
    void aLayerMayAddItsDetourBeforeItIsOverwritten() {
        Variable y = method.let(layer(X));
        LoraPlan anyRank = LoraPlan.ofAnyRank(layer -> true);
        LoraDetour detour = new LoraDetour(anyRank, new Factor(0), new Factor(1));
        Variable adapted = detour.around(
                y, X, x -> Torch.linear(x, detour.down(), null), low -> Torch.linear(low, detour.up(), null), method);
        Variable active = method.let(torch("silu", adapted));

        assertThat(textOf(active)).contains("""
                    if torch.gt(torch.numel(L[0]), 0):
                      _1 = torch.add_(v0, torch.linear(torch.linear(x, L[0], None), L[1], None), alpha=1.0)
                    v2 = torch.silu_(v0)
                """);
    }

    private static Expression layer(Expression x) {
        return Torch.linear(x, new Weight(0), new Weight(1));
    }

    private String textOf(Expression result) {
        return new Definition(method.signature(), Overwriting.in(method.statements(), result), result, Set.of())
                .toString();
    }

    /** The statement before the return. */
    private String lastOf(Expression result) {
        return textOf(result)
                .lines()
                .map(String::strip)
                .filter(line -> !line.startsWith("return"))
                .reduce((a, b) -> b)
                .orElseThrow();
    }
}
