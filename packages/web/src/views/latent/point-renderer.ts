/** Points on a graphics card: every point a soft disk, drawn anew for each view of the plane. Only where a card is there; the density raster is always. */
import type { LatentIndex } from "../../session/selection/latent-index.js";

export interface PointView {
  /** From a place to clip space: clip = place * scale + shift. */
  readonly scaleX: number;
  readonly scaleY: number;
  readonly shiftX: number;
  readonly shiftY: number;
  /** Diameter of a point, pixels of the canvas. */
  readonly diameter: number;
  /** The ground: points too near to it get a darker rim on the light one, a lighter rim on the dark one. */
  readonly rims: "dark" | "light";
}

export interface PointRenderer {
  readonly canvas: OffscreenCanvas;
  /** Draws all points; places and colours go to the card only when they are others than before. */
  draw(index: LatentIndex, colours: Uint32Array, view: PointView, width: number, height: number): void;
  /** True after the card was lost: the raster takes over. */
  readonly lost: boolean;
}

/** Above so many points density says more than points, and is quicker. */
export const MOST_POINTS = 200_000;

const VERTEX = `#version 300 es
in float x;
in float y;
in vec4 colour;
uniform vec4 place;
uniform float diameter;
out vec4 tint;
void main() {
  gl_Position = vec4(x * place.x + place.z, y * place.y + place.w, 0.0, 1.0);
  gl_PointSize = diameter;
  tint = colour;
}`;

/** Luminance of rims: 3.7 to 1 on the light and on the dark ground. */
const RIM_ON_LIGHT = 0.23;
const RIM_ON_DARK = 0.17;

const FRAGMENT = `#version 300 es
precision mediump float;
in vec4 tint;
uniform float onLight;
out vec4 shown;
void main() {
  float radius = length(gl_PointCoord - 0.5) * 2.0;
  float alpha = tint.a * (1.0 - smoothstep(0.6, 1.0, radius)) * 0.55;
  vec3 linear = pow(tint.rgb, vec3(2.2));
  float light = dot(linear, vec3(0.2126, 0.7152, 0.0722));
  vec3 dimmed = linear * min(1.0, ${RIM_ON_LIGHT} / max(light, 0.001));
  vec3 lifted = mix(linear, vec3(1.0), max(0.0, (${RIM_ON_DARK} - light) / (1.0 - min(light, 0.9))));
  vec3 rim = pow(mix(lifted, dimmed, onLight), vec3(0.4545));
  vec3 colour = mix(tint.rgb, rim, smoothstep(0.3, 0.6, radius));
  shown = vec4(colour * alpha, alpha);
}`;

/** A renderer, or `undefined` where there is no WebGL 2 or it would run in software. */
export function pointRenderer(): PointRenderer | undefined {
  if (typeof OffscreenCanvas === "undefined") return undefined;
  const canvas = new OffscreenCanvas(1, 1);
  const gl = canvas.getContext("webgl2", {
    failIfMajorPerformanceCaveat: true,
    premultipliedAlpha: true,
    antialias: false,
    preserveDrawingBuffer: true,
  });
  const program = gl === null || isSoftware(gl) ? undefined : programOf(gl);
  return gl === null || program === undefined ? undefined : new CardRenderer(canvas, gl, program);
}

/** Software that stands in for a card is slower than the density raster. */
function isSoftware(gl: WebGL2RenderingContext): boolean {
  const details = gl.getExtension("WEBGL_debug_renderer_info");
  const name: unknown = details === null ? "" : gl.getParameter(details.UNMASKED_RENDERER_WEBGL);
  return typeof name === "string" && /swiftshader|llvmpipe|software|basic render/i.test(name);
}

function programOf(gl: WebGL2RenderingContext): WebGLProgram | undefined {
  const program = gl.createProgram();
  for (const [kind, text] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    // biome-ignore format: pairs
    const shader = gl.createShader(kind);
    if (shader === null) return undefined;
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  return gl.getProgramParameter(program, gl.LINK_STATUS) === true ? program : undefined;
}

class CardRenderer implements PointRenderer {
  readonly canvas: OffscreenCanvas;
  readonly #gl: WebGL2RenderingContext;
  readonly #program: WebGLProgram;
  readonly #buffers: Readonly<Record<"x" | "y" | "colour", WebGLBuffer>>;
  #index: LatentIndex | undefined;
  #colours: Uint32Array | undefined;
  #lost = false;

  constructor(canvas: OffscreenCanvas, gl: WebGL2RenderingContext, program: WebGLProgram) {
    this.canvas = canvas;
    this.#gl = gl;
    this.#program = program;
    this.#buffers = { x: gl.createBuffer(), y: gl.createBuffer(), colour: gl.createBuffer() };
    canvas.addEventListener("webglcontextlost", () => {
      this.#lost = true;
    });
  }

  get lost(): boolean {
    return this.#lost;
  }

  draw(index: LatentIndex, colours: Uint32Array, view: PointView, width: number, height: number): void {
    const gl = this.#gl;
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
    }
    gl.viewport(0, 0, width, height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    // biome-ignore lint/correctness/useHookAtTopLevel: it is not of React
    gl.useProgram(this.#program);
    if (this.#index !== index) {
      this.#upload("x", index.x, 1, gl.FLOAT);
      this.#upload("y", index.y, 1, gl.FLOAT);
      this.#index = index;
    }
    if (this.#colours !== colours) {
      this.#upload("colour", colours, 4, gl.UNSIGNED_BYTE);
      this.#colours = colours;
    }
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.uniform4f(gl.getUniformLocation(this.#program, "place"), view.scaleX, view.scaleY, view.shiftX, view.shiftY);
    gl.uniform1f(gl.getUniformLocation(this.#program, "diameter"), view.diameter);
    gl.uniform1f(gl.getUniformLocation(this.#program, "onLight"), view.rims === "light" ? 1 : 0);
    gl.drawArrays(gl.POINTS, 0, index.x.length);
  }

  #upload(name: "x" | "y" | "colour", data: Float32Array | Uint32Array, size: number, type: number): void {
    const gl = this.#gl;
    const place = gl.getAttribLocation(this.#program, name);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffers[name]);
    gl.bufferData(gl.ARRAY_BUFFER, data, gl.STATIC_DRAW);
    gl.enableVertexAttribArray(place);
    gl.vertexAttribPointer(place, size, type, type === gl.UNSIGNED_BYTE, 0, 0);
  }
}
