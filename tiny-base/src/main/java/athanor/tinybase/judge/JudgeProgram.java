package athanor.tinybase.judge;

import athanor.diffusion.program.ComputeType;
import athanor.diffusion.program.EmittedProgram;
import athanor.diffusion.program.Emitter;
import athanor.diffusion.program.Expression.Variable;
import athanor.diffusion.program.LoraPlan;
import athanor.diffusion.program.ParameterTable;
import athanor.diffusion.program.Signature;
import athanor.diffusion.program.Torch;

/**
 * The network as one program: {@code look(flat, pictures) -> answers} and
 * {@code learn(flat, m, v, rates, pictures, targets, places) -> loss}, which also updates flat, m and v.
 */
final class JudgeProgram {

    /** The hardest question: at full body it hangs on a mouth of four pixels. */
    private static final int GENDER_WEIGHT = 3;

    private final EmittedProgram program = new EmittedProgram(ComputeType.FLOAT32, "cpu");

    JudgeProgram() {
        Variable picture = Torch.variable("x");
        Emitter answers = program.begin(Signature.of("answers").weights().tensors(picture), "", LoraPlan.NONE);
        program.add(answers.returning(JudgeNetwork.forward(answers, picture)));
        program.unpackMethod(program.weights());
        program.add("""
                  def look(self: __torch__.Program, flat: Tensor, x: Tensor) -> Tensor:
                    P = self.unpack(flat)
                    return self.answers(P, x)
                """.indent(0));
        program.add(loss());
        program.add(learn());
    }

    ParameterTable parameters() {
        return program.weights();
    }

    String text() {
        return program.text();
    }

    /** Bell curves by weighted cross entropy, sizes by squared error, classes and place by cross entropy; all summed. */
    private static String loss() {
        StringBuilder text = new StringBuilder("""
                  def loss(self: __torch__.Program, o: Tensor, t: Tensor, place: Tensor) -> Tensor:
                    k = torch.slice(t, 1, 0, 3, 1)
                    s0 = torch.mul(torch.binary_cross_entropy_with_logits(torch.slice(o, 1, 0, 3, 1), k, torch.add(torch.mul(k, 20.), 1.), None, 1), 4.)
                    mask = torch.slice(t, 1, 4, 5, 1)
                    d = torch.mul(torch.sub(torch.slice(o, 1, 3, 4, 1), torch.slice(t, 1, 3, 4, 1)), mask)
                    s1 = torch.add(s0, torch.mul(torch.div(torch.sum(torch.mul(d, d)), torch.add(torch.sum(mask), 1.)), 10.))
                """.indent(0));
        int last = JudgeNetwork.GROUPS.length - 1;
        for (int i = 0; i < last; i++) {
            int from = JudgeNetwork.GROUPS[i][0];
            int to = from + JudgeNetwork.GROUPS[i][1];
            text.append("    t%d = torch.slice(t, 1, %d, %d, 1)%n".formatted(i, from + 1, to + 1));
            text.append("    l%d = torch.mul(torch.log_softmax(torch.slice(o, 1, %d, %d, 1), 1, None), t%d)%n"
                    .formatted(i, from, to, i));
            text.append(
                    "    s%d = torch.sub(s%d, torch.mul(torch.div(torch.sum(l%d), torch.add(torch.sum(t%d), 1.)), %d.))%n"
                            .formatted(i + 2, i + 1, i, i, i == 0 ? GENDER_WEIGHT : 1));
        }
        int from = JudgeNetwork.GROUPS[last][0];
        text.append("    p = torch.mean(torch.slice(o, 1, %d, %d, 1), [2, 3], False, dtype=None)%n"
                .formatted(from, from + JudgeNetwork.GROUPS[last][1]));
        text.append("    return torch.add(s%d, torch.cross_entropy_loss(p, place, None, 1, -100, 0.))%n"
                .formatted(last + 1));
        return text.toString();
    }

    /** Adam (Kingma and Ba 2015, algorithm 1); rates: learning rate, 1 - beta1^t, 1 - beta2^t. */
    private static String learn() {
        return """
                  def learn(self: __torch__.Program, flat: Tensor, m: Tensor, v: Tensor, rates: Tensor, x: Tensor, t: Tensor, place: Tensor) -> Tensor:
                    P = self.unpack(flat)
                    o = self.answers(P, x)
                    loss = self.loss(o, t, place)
                    g = torch._unwrap_optional((torch.grad([loss], [flat], None, None, False, False))[0])
                    r = torch.unbind(rates, 0)
                    _0 = torch.mul_(m, 0.9)
                    _1 = torch.add_(m, torch.mul(g, 0.1))
                    _2 = torch.mul_(v, 0.99)
                    _3 = torch.addcmul_(v, torch.mul(g, 0.01), g)
                    root = torch.add(torch.sqrt(torch.div(v, r[2])), 1.0e-8)
                    _4 = torch.addcdiv_(torch.detach(flat), torch.mul(m, torch.neg(torch.div(r[0], r[1]))), root)
                    return torch.detach(loss)
                """.indent(0);
    }
}
