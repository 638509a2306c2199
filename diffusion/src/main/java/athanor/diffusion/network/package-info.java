/**
 * The three networks of Stable Diffusion, each in one file, with diffusers' names. Every definition is generic in what a
 * value is ({@link athanor.diffusion.program.Ops}) and doubles as the list of the checkpoint's keys and shapes.
 */
package athanor.diffusion.network;
