import { Injectable, SetMetadata, createParamDecorator, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Problem } from '#libs/problems';
import { may, type Caller, type Permission } from './caller.js';
import { TokenVerifier } from './token-verifier.js';

const REQUIRED = 'np:permission';
const PUBLIC = 'np:public';

/** What the call needs; a call that says nothing needs `read`. */
export const Requires = (permission: Permission): MethodDecorator & ClassDecorator => SetMetadata(REQUIRED, permission);

/** Open to everybody: health, metrics, documents, the way back from an OAuth provider. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(PUBLIC, true);

interface AuthenticatedRequest {
  headers: { authorization?: string };
  caller?: Caller;
}

/** The caller of this request. */
export const CurrentCaller = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<AuthenticatedRequest>().caller,
);

/** Every HTTP call is checked: the token first, then whether the role may. Records of Kafka carry no caller and pass. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly verifier: TokenVerifier,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, targets)) return true;
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const caller = await this.verifier.verify(request.headers.authorization);
    const permission = this.reflector.getAllAndOverride<Permission | undefined>(REQUIRED, targets) ?? 'read';
    if (!may(caller.role, permission)) {
      throw new Problem(403, 'forbidden', 'Your role may not do this', {
        detail: `The role ${caller.role} lacks the right "${permission}".`,
      });
    }
    request.caller = caller;
    return true;
  }
}
