export { deploy } from './deploy';
export { line } from './line';
export { plan } from './plan';
