import { Matches } from 'class-validator';

export class SignInCode {
  @Matches(/^[A-Z0-9]{8}$/, { message: 'must be the 8 signs of a sign-in link' })
  code: string;
}
