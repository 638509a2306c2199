package athanor.diffusion.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OverwritingTest {

    @Test
    void anActivationOverwritesWhatOnlyItReads() {
        assertThat(rewritten("v1 = torch.group_norm(x, 8, P[0], P[1], 1.0E-5)", "v2 = torch.silu(v1)"))
                .endsWith("v2 = torch.silu_(v1)");
    }

    @Test
    void aSumOverwritesItsFirstOperandOrTheLayerThatIsItsSecond() {
        assertThat(rewritten("v1 = torch.linear(x, P[0], P[1])", "v2 = torch.add(v1, x)"))
                .endsWith("v2 = torch.add_(v1, x)");
        assertThat(rewritten("v1 = torch.linear(x, P[0], P[1])", "v2 = torch.add(x, v1)"))
                .endsWith("v2 = torch.add_(v1, x)");
    }

    @Test
    void whatIsReadAgainStays() {
        String again = "v3 = torch.linear(v1, P[0], P[1])";
        assertThat(rewritten("v1 = torch.linear(x, P[0], P[1])", "v2 = torch.silu(v1)", again))
                .contains("v2 = torch.silu(v1)");
        assertThat(Overwriting.in("v1 = torch.linear(x, P[0], P[1])\nv2 = torch.silu(v1)", "[v1, v2]"))
                .contains("v2 = torch.silu(v1)");
    }

    @Test
    void argumentsAndViewsStay() {
        assertThat(rewritten("v2 = torch.silu(x)")).isEqualTo("v2 = torch.silu(x)");
        assertThat(rewritten("v1 = torch.transpose(x, 1, 2)", "v2 = torch.silu(v1)"))
                .endsWith("v2 = torch.silu(v1)");
        // One number a channel, seen as a picture of one pixel: the sum is larger than that.
        assertThat(rewritten("v1 = torch.unsqueeze(torch.unsqueeze(x, -1), -1)", "v2 = torch.add(x, v1)"))
                .endsWith("v2 = torch.add(x, v1)");
    }

    @Test
    void aLayerMayAddItsDetourBeforeItIsOverwritten() {
        assertThat(rewritten(
                        "v1 = torch.linear(x, P[0], P[1])",
                        "if torch.gt(torch.numel(L[0]), 0):",
                        "  _2 = torch.add_(v1, torch.linear(torch.linear(x, L[0], None), L[1], None), alpha=1.0)",
                        "v3 = torch.silu(v1)"))
                .endsWith("v3 = torch.silu_(v1)");
    }

    private static String rewritten(String... lines) {
        return Overwriting.in(String.join("\n", lines), "v9").strip();
    }
}
