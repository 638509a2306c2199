/**
 * How a network definition becomes something that runs. The networks are written once against {@link
 * athanor.diffusion.program.Ops}; {@link athanor.diffusion.program.Emitter} writes them into a method of an {@link
 * athanor.diffusion.program.EmittedProgram}, statement by statement. Statements are values: what computes a network in pieces,
 * in place, or for more texts than latents is a function from statements to statements, and text is printed when a method is
 * at its end. The text is one straight-line TorchScript program that libtorch runs without coming back to Java. The tests run
 * the same definitions operator by operator on arrays as a cross-check.
 */
package athanor.diffusion.program;
