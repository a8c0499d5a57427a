export { deploy } from './deploy';
export { plan } from './plan';
